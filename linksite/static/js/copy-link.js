// Shows the button that copies a page's address where the browser can do it.
for (const button of document.querySelectorAll("[data-copy-link]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copyLink);
    button.querySelector("[aria-live]").textContent = button.dataset.copied;
  });
}
