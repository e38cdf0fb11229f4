// The script of every page. It starts the few govuk-frontend components that work without WebAssembly. On a page that
// the browser hydrates (it has an element #registration-wasm), it then loads and starts the WebAssembly.
import { Button } from "../../style/node_modules/govuk-frontend/dist/govuk/components/button/button.mjs";
import { ErrorSummary } from "../../style/node_modules/govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs";
import init, { hydrate } from "bindings";

function begin(name, Part) {
  if (document.body.classList.contains("govuk-frontend-supported")) {
    for (const element of document.querySelectorAll(`[data-module="${name}"]`)) {
      new Part(element);
    }
  }
}

begin("govuk-error-summary", ErrorSummary);
skipToTheMainContentThatIsShown();

// Makes the skip link move the focus to the main content. SkipLink of govuk-frontend would remember the main content of
// the first page, which is gone once the WebAssembly has drawn another page.
function skipToTheMainContentThatIsShown() {
  document.querySelector(".govuk-skip-link")?.addEventListener("click", (event) => {
    const main = document.getElementById("main-content");
    if (!main) return;
    event.preventDefault();
    main.tabIndex = -1;
    main.classList.add("govuk-skip-link-focused-element");
    const leave = () => {
      main.removeAttribute("tabindex");
      main.classList.remove("govuk-skip-link-focused-element");
    };
    main.addEventListener("blur", leave, { once: true });
    main.scrollIntoView();
    main.focus({ preventScroll: true });
  });
}

// The fields whose content somebody types or chooses.
function fields() {
  const all = document.querySelectorAll("main input, main select, main textarea");
  return [...all].filter((field) => !["hidden", "file", "password", "submit"].includes(field.type));
}

// Leads the link to the other language back to the page that is shown, which may be another one than the server sent,
// and keeps what was typed until the page is there again.
function keepWhatIsTypedBetweenLanguages() {
  const key = "typed-before-language";
  try {
    const kept = JSON.parse(sessionStorage.getItem(key) ?? "null");
    sessionStorage.removeItem(key);
    if (kept?.address === location.pathname + location.search) {
      fields().forEach((field, at) => {
        const [name, value, checked] = kept.fields[at] ?? [];
        if (name !== field.name) return;
        if (["radio", "checkbox"].includes(field.type)) field.checked = checked;
        else field.value = value;
      });
    }
  } catch {
    // Without storage, what was typed and not sent is lost, as without scripts.
  }
  document.querySelector(".app-languages a")?.addEventListener("click", ({ currentTarget: link }) => {
    const address = location.pathname + location.search;
    const query = new URLSearchParams(location.search);
    query.set("language", link.hreflang);
    link.href = `${location.pathname}?${query}`;
    try {
      const typed = fields().map((field) => [field.name, field.value, field.checked]);
      sessionStorage.setItem(key, JSON.stringify({ address, fields: typed }));
    } catch {
      // As above.
    }
  });
}

keepWhatIsTypedBetweenLanguages();

// Loads the WebAssembly, and returns whether it was loaded. A failure is not reported as an error,
// because a network or a policy may block the WebAssembly.
async function comes(webassembly) {
  try {
    await init({ module_or_path: fetch(webassembly.href) });
    return true;
  } catch {
    return false;
  }
}

// Returns whether the page has as many nodes of each kind as the server rendered (see app/src/node_count.rs). If a
// browser extension or a translation has added nodes, the WebAssembly cannot hydrate the page.
function isAsTheServerWroteIt() {
  const count = { [Node.ELEMENT_NODE]: 0, [Node.COMMENT_NODE]: 0, [Node.TEXT_NODE]: 0 };
  const nodes = document.createTreeWalker(document.getElementById("pages"));
  while (nodes.nextNode()) {
    if (nodes.currentNode.parentNode.localName !== "textarea") count[nodes.currentNode.nodeType] += 1;
  }
  const found = `${count[Node.ELEMENT_NODE]} ${count[Node.COMMENT_NODE]} ${count[Node.TEXT_NODE]}`;
  return document.querySelector("main").dataset.nodes === found;
}

// Marks the page as plain HTML and reports this to the service.
function sayThatItIsPlain() {
  document.documentElement.dataset.plain = "";
  navigator.sendBeacon("/not-hydrated");
}

// Continues as plain HTML after the WebAssembly has failed: hides events from the listeners of the WebAssembly, so that
// the browser itself follows links and sends forms.
let failed = false;
function carryOnWithoutWebAssembly() {
  if (failed) return;
  failed = true;
  sayThatItIsPlain();
  const hide = (event) => {
    if (event.type !== "click" || event.target.closest("a[href]")) event.stopImmediatePropagation();
  };
  for (const type of ["click", "submit", "input", "change", "focusout"]) {
    addEventListener(type, hide, { capture: true });
  }
  addEventListener("popstate", () => location.reload());
  // A page without a heading means that the WebAssembly failed while it drew another page, so reload the page. Reload
  // only once, because the failure could happen on every load.
  const isReloaded = performance.getEntriesByType("navigation")[0]?.type === "reload";
  if (!document.querySelector("main h1") && !isReloaded) location.reload();
}

// Continues as plain HTML after a panic of the WebAssembly, which is a RuntimeError. The browser still reports the
// panic in the console.
function watchForPanics() {
  const look = (error) => {
    if (error instanceof WebAssembly.RuntimeError) carryOnWithoutWebAssembly();
  };
  addEventListener("error", (event) => look(event.error));
  addEventListener("unhandledrejection", (event) => look(event.reason));
}

const webassembly = document.getElementById("registration-wasm");
if (webassembly) {
  const isThere = await comes(webassembly);
  if (isThere && !isAsTheServerWroteIt()) {
    sayThatItIsPlain();
    begin("govuk-button", Button);
  } else if (isThere) {
    watchForPanics();
    try {
      hydrate();
    } catch (error) {
      console.error(error);
      carryOnWithoutWebAssembly();
    }
  } else {
    // Without WebAssembly, every form is plain HTML, and Button prevents double clicks. With WebAssembly, the form
    // itself prevents them. Button would ignore clicks for a second, and so lose a quick correction.
    begin("govuk-button", Button);
  }
} else {
  // On a page that only the server renders, Button also lets the space bar follow links that look like buttons.
  begin("govuk-button", Button);
}
