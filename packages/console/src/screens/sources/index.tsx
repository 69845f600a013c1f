import { Route, Routes } from 'react-router';
import { SourceList } from './list/SourceList.tsx';
import { SourcePage } from './page/SourcePage.tsx';

/** `/sources` is the list, `/sources/<name>` one source. */
export function Component() {
  return (
    <Routes>
      <Route index element={<SourceList />} />
      <Route path=":nom" element={<SourcePage />} />
    </Routes>
  );
}
