// Says how many people are ticked and how old they are, while they are being ticked.

const count = document.querySelector(".choose-count");
const boxes = [...document.querySelectorAll('input[name="people"]')];

/** Gives the ends of the age bands, such as "25-34", of those ticked. */
function ages(ticked) {
  const bands = ticked.map((box) => box.dataset.ages).filter(Boolean);
  const ends = bands.map((band) => band.split("-").map(Number));
  return ends.length && [
    Math.min(...ends.map(([youngest]) => youngest)),
    Math.max(...ends.map(([, oldest]) => oldest)),
  ];
}

/** Gives a span in words; the last band has no upper end. */
function inWords([youngest, oldest]) {
  if (oldest >= 120) return count.dataset.older.replace("%a", youngest);
  return `${youngest}–${oldest}`;
}

function say() {
  const ticked = boxes.filter((box) => box.checked);
  const words = [count.dataset.words.replace("%n", ticked.length)];
  const span = ages(ticked);
  if (span) words.push(count.dataset.ages.replace("%a", inWords(span)));
  count.textContent = words.join(", ");
}

if (count) {
  document.addEventListener("change", say);
  say();
}
