// Runs before anything is painted, so that a page chosen to be dark never flashes white.
(() => {
  let chosen = null;
  try {
    chosen = localStorage.getItem('relais.theme');
  } catch {
    // Storage is forbidden: the browser's preference holds.
  }
  const dark =
    chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.mantineColorScheme = dark ? 'dark' : 'light';
})();
