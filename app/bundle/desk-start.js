// Loads the WebAssembly of the desk's pages and starts it. If it cannot be loaded, the page stays as the server wrote
// it; if it fails at its start, the browser reports the error in the console.
import init, { start } from "bindings";

init({ module_or_path: fetch(document.getElementById("desk-wasm").href) }).then(start, () => {});
