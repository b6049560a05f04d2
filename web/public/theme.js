// Runs before the first paint. The same rule is in src/lib/theme.ts, which takes over afterwards.
(function () {
  let choice = null;
  try {
    choice = localStorage.getItem("theme");
  } catch {
    // Storage can be forbidden; the system's preference is then all there is.
  }
  const dark = choice ? choice === "night" : matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.theme = dark ? "night" : "day";
})();
