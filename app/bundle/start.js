// What runs in the browser before WebAssembly: the few parts of govuk-frontend that a page needs when
// WebAssembly cannot come, then WebAssembly itself. A page without #registration-wasm has none.
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

// Not coming is no fault: a network or a policy may keep it away.
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
    // Nothing catches what goes wrong from here on: it must be seen in the console.
    hydrate();
  } else {
    // The pages are whole without it: every form is plain HTML. With it, the form itself knows what is
    // under way, and a part that swallows clicks for a second would lose a quick correction.
    begin("govuk-button", Button);
  }
} else {
  // A page of the server alone: links that look like buttons are pressed with the space bar too.
  begin("govuk-button", Button);
}
