import { Route, Routes } from 'react-router';
import { ContactList } from './list/ContactList.tsx';
import { PersonPage } from './person/PersonPage.tsx';

/** `/contacts` is the list, `/contacts/<prospect id>` one person. */
export function Component() {
  return (
    <Routes>
      <Route index element={<ContactList />} />
      <Route path=":prospect" element={<PersonPage />} />
    </Routes>
  );
}
