// Opens pages in headless Chromium and asks axe-core what is wrong with them.
//
//   node check.js [--shots DIR] FILE.html…
//
// Each page is looked at 1280, 390 and 320 CSS pixels wide, in light and in dark;
// the last is also what 1280 at 400% zoom comes to (WCAG 1.4.10). It may break no
// rule of axe, may not scroll sideways and may ask no server for anything. Prints a
// line for each look that is clean, and tells what is wrong of the others.

import { createRequire } from "node:module";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { readFileSync } from "node:fs";

// The packages lie where `tests/run` put them, not beside this file.
const require = createRequire(join(resolve(process.env.BOARDPACK_AXE), "package.json"));
const puppeteer = (await import(pathToFileURL(require.resolve("puppeteer-core")))).default;
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

let files = process.argv.slice(2);
const shots = files[0] === "--shots" ? files.splice(0, 2)[1] : null;
// In a container there is nobody but root, whom Chromium gives no sandbox.
const browser = await puppeteer.launch({
  executablePath: process.env.BOARDPACK_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
});
let faults = 0;
const fault = (place, words) => {
  faults += 1;
  console.error(`${place}: ${words}`);
};

async function look(file, width, scheme) {
  const place = `${basename(file)} at ${width}, ${scheme}`;
  const page = await browser.newPage();
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  page.on("request", (request) => {
    if (!/^(file|data):/.test(request.url())) fault(place, `asks for ${request.url()}`);
  });
  page.on("console", (message) => fault(place, `the browser says ${message.text()}`));
  await page.setViewport({ width, height: 900, deviceScaleFactor: 1 });
  await page.goto(pathToFileURL(resolve(file)).href);
  const across = await page.evaluate(() => {
    const limit = document.documentElement.clientWidth;
    const wide = [...document.querySelectorAll("body *")].filter((element) => {
      const box = element.getBoundingClientRect();
      return box.width > 0 && box.right > limit + 1 && !element.closest(".quiet, .wide");
    });
    const words = wide.slice(0, 5).map((e) => `${e.tagName} ${e.textContent.trim().slice(0, 40)}`);
    return { scrolls: document.documentElement.scrollWidth - limit, words };
  });
  if (across.scrolls > 0) fault(place, `scrolls sideways by ${across.scrolls}: ${across.words.join("; ")}`);
  await page.evaluate(axe);
  const { violations, passes } = await page.evaluate(() =>
    window.axe.run(document, { rules: { "target-size": { enabled: true } } }),
  );
  for (const rule of violations) {
    const nodes = rule.nodes.slice(0, 4).map((node) => `\n    ${node.html.slice(0, 160)}\n    ${node.failureSummary}`);
    fault(place, `${rule.id} (${rule.nodes.length} places): ${rule.help}${nodes.join("")}`);
  }
  if (shots) await page.screenshot({ path: join(shots, `${basename(file)}-${width}-${scheme}.png`), fullPage: true });
  await page.close();
  if (passes.length < 10) fault(place, `only ${passes.length} rules had anything to look at`);
  return place;
}

try {
  for (const file of files) {
    for (const scheme of ["light", "dark"]) {
      for (const width of [1280, 390, 320]) {
        const before = faults;
        const place = await look(file, width, scheme);
        if (faults === before) console.log(`ok ${place}`);
      }
    }
  }
} finally {
  await browser.close();
}
process.exitCode = faults === 0 ? 0 : 1;
