// Loads and starts the WebAssembly of the desk's pages. If it cannot be loaded, the page stays as the server rendered
// it. If it fails while it starts, the browser reports the error in the console.
import init, { start } from "bindings";

init({ module_or_path: fetch(document.getElementById("desk-wasm").href) }).then(start, () => {});
