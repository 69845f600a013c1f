import { Center, Loader } from '@mantine/core';

export function RouteLoading() {
  return (
    <Center mih="60dvh">
      <Loader size="sm" />
    </Center>
  );
}
