// The script of every page. It starts the few govuk-frontend components that a page needs without
// WebAssembly. If the page has an element #registration-wasm, it then loads the WebAssembly and
// starts it.
import { Button } from "../../style/node_modules/govuk-frontend/dist/govuk/components/button/button.mjs";
import { ErrorSummary } from "../../style/node_modules/govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs";
import { SkipLink } from "../../style/node_modules/govuk-frontend/dist/govuk/components/skip-link/skip-link.mjs";
import init, { hydrate } from "bindings";

function begin(name, Part) {
  if (document.body.classList.contains("govuk-frontend-supported")) {
    for (const element of document.querySelectorAll(`[data-module="${name}"]`)) {
      new Part(element);
    }
  }
}

begin("govuk-error-summary", ErrorSummary);
begin("govuk-skip-link", SkipLink);

// Returns whether the WebAssembly was loaded. A failure is not an error: a network or a policy may
// block it.
async function comes(webassembly) {
  try {
    await init({ module_or_path: fetch(webassembly.href) });
    return true;
  } catch {
    return false;
  }
}

const webassembly = document.getElementById("registration-wasm");
if (webassembly) {
  if (await comes(webassembly)) {
    // Errors from here on are not caught, so that they show in the console.
    hydrate();
  } else {
    // Without WebAssembly every form is plain HTML, and Button stops double clicks. With it, the
    // form itself knows whether it is being sent, and a button that ignores clicks for a second
    // would lose a quick correction.
    begin("govuk-button", Button);
  }
} else {
  // On a page that only the server renders, Button also lets the space bar follow links that look
  // like buttons.
  begin("govuk-button", Button);
}
