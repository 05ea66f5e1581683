// Shows the button that copies a text where the browser can do it.
for (const button of document.querySelectorAll("[data-copy-text]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copyText).value);
    button.querySelector("[aria-live]").textContent = button.dataset.copied;
  });
}
