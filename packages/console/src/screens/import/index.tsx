import '@mantine/dropzone/styles.layer.css';
import { Route, Routes } from 'react-router';
import { NewImport } from './fresh/NewImport.tsx';
import { ImportList } from './list/ImportList.tsx';
import { ImportPage } from './one/ImportPage.tsx';

/** `/import` is the list, `/import/new` a file before it is imported, `/import/<id>` one import. */
export function Component() {
  return (
    <Routes>
      <Route index element={<ImportList />} />
      <Route path="new" element={<NewImport />} />
      <Route path=":id" element={<ImportPage />} />
    </Routes>
  );
}
