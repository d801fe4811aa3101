// Libraries that add style sheets look for the nonce here (get-nonce).
globalThis.__webpack_nonce__ = document.currentScript.nonce
try {
  const theme = localStorage.getItem('theme')
  if (theme === 'dark' || theme === 'light') document.documentElement.dataset.theme = theme
} catch {
  // Storage may be forbidden: the system's theme holds.
}
