import { Route, Routes } from 'react-router';
import { ClientPage } from './ClientPage.tsx';
import { ClientList } from './list/ClientList.tsx';

/** `/clients` is the list, `/clients/<id>` one client with its keys. */
export function Component() {
  return (
    <Routes>
      <Route index element={<ClientList />} />
      <Route path=":client" element={<ClientPage />} />
    </Routes>
  );
}
