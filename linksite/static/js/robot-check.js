// Google's robot check. Nothing is asked of Google before the visitor's click, and the form can be
// sent without it.

const box = document.querySelector("[data-robot-check]");
const [button, place, apology] = ["button", "div", "p[hidden]"].map((part) => box.querySelector(part));

button.addEventListener("click", () => {
  button.disabled = true;
  const script = document.createElement("script");
  script.src = `https://www.google.com/recaptcha/api.js?render=explicit&hl=${document.documentElement.lang}`;
  script.addEventListener("load", show);
  script.addEventListener("error", apologise);
  document.head.append(script);
});

function show() {
  window.grecaptcha.ready(() => {
    window.grecaptcha.render(place, { sitekey: box.dataset.robotCheck });
    button.remove();
    place.querySelector("iframe")?.focus();
  });
}

function apologise() {
  button.remove();
  apology.hidden = false;
}

box.hidden = false;
