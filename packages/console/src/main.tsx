import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import '@mantine/spotlight/styles.layer.css';
import './theme/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { pressOnce } from './lib/pressedOnce.ts';
import { printLight } from './theme/printLight.ts';
import { styleNonce } from './theme/styleNonce.ts';

// react-remove-scroll, under Mantine's dialogs, looks for the nonce of its <style> here.
Object.assign(globalThis, { __webpack_nonce__: styleNonce });

pressOnce();
printLight();

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
