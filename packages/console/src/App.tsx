import { MantineProvider, mergeThemeOverrides } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from 'react-router/dom';
import { createQueryClient } from './api/queryClient.ts';
import { useComponentTexts } from './components/useComponentTexts.ts';
import { router, signInAgain } from './router.tsx';
import { colorSchemeManager } from './theme/colorScheme.ts';
import { styleNonce } from './theme/styleNonce.ts';
import { cssVariables, theme } from './theme/theme.ts';

const queryClient = createQueryClient(signInAgain);

export function App() {
  // A Select in which nothing is found, or to choose, says so: by itself it opens nothing.
  const defaultProps = { nothingFoundMessage: useComponentTexts().filter.nothing };
  const inLanguage = { components: { Select: { defaultProps }, MultiSelect: { defaultProps } } };
  return (
    <MantineProvider
      theme={mergeThemeOverrides(theme, inLanguage)}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={colorSchemeManager}
      defaultColorScheme="auto"
      getStyleNonce={() => styleNonce}
      deduplicateInlineStyles
    >
      <QueryClientProvider client={queryClient}>
        <Notifications position="bottom-right" autoClose={5000} />
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  );
}
