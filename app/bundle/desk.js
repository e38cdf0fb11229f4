// The script of the desk's pages. It adds passkeys, which need scripts in every browser, a
// dialog that appears five minutes before the session ends, and stores a note that was not sent when
// the officer leaves its page. Without this script, officers sign in
// with a password and a code, and see the end of the session only at the foot of each page.

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");
const known = (ids) => ids.map((id) => ({ type: "public-key", id: bytes(id) }));

// Signs the server's challenge with a passkey.
async function use({ challenge, rpId, allow }) {
  const publicKey = { challenge: bytes(challenge), rpId, allowCredentials: known(allow), userVerification: "required" };
  const { rawId, response } = await navigator.credentials.get({ publicKey });
  return {
    id: text(rawId),
    client_data: text(response.clientDataJSON),
    authenticator_data: text(response.authenticatorData),
    signature: text(response.signature),
  };
}

// Creates a passkey, which the device stores under the name of the account.
async function make({ challenge, rpId, user, exclude }) {
  const publicKey = {
    challenge: bytes(challenge),
    rp: { id: rpId, name: "Common Platform Desk" },
    user: { ...user, id: bytes(user.id) },
    pubKeyCredParams: [-7, -257].map((alg) => ({ type: "public-key", alg })),
    excludeCredentials: known(exclude),
    authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
    attestation: "none",
  };
  const { response } = await navigator.credentials.create({ publicKey });
  return {
    client_data: text(response.clientDataJSON),
    authenticator_data: text(response.getAuthenticatorData()),
    public_key: text(response.getPublicKey()),
  };
}

async function send(form) {
  const problem = form.querySelector("[data-passkey-problem]");
  problem.textContent = "";
  try {
    const asked = await fetch(form.dataset.begin, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    if (!asked.ok) throw new Error(asked.status);
    const fields = await (form.dataset.passkey === "use" ? use : make)(await asked.json());
    for (const [name, value] of Object.entries(fields)) {
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name, value });
      form.append(field);
    }
    form.submit();
  } catch {
    problem.textContent = "The passkey was not used. Try again, or choose another way.";
  }
}

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      send(form);
    });
  }
}

// Sends what was typed into a form to the server when the officer leaves the page without sending the
// form. The page shows it again when the officer comes back.
for (const form of document.querySelectorAll("form[data-unsent]")) {
  const fields = () => new URLSearchParams(new FormData(form));
  let stored = fields().toString();
  form.addEventListener("submit", () => (stored = fields().toString()));
  addEventListener("pagehide", () => {
    const typed = fields();
    if (typed.toString() === stored) return;
    stored = typed.toString();
    typed.append("do", form.dataset.unsent);
    // Following the redirect would record a view of the page that nobody has seen.
    fetch(form.action, { method: "POST", body: typed, keepalive: true, redirect: "manual" });
  });
}

// The keys of two values in local storage, which all tabs share: the time when the session ends, in
// milliseconds by this browser's clock, and the identifier of the officer. Each tab can extend the
// session.
const KEY = "desk-session-end";
const OFFICER = "desk-session-officer";
const dialog = document.getElementById("session-end");
// Signing out clears local storage by the header Clear-Site-Data. For browsers that ignore this
// header, the next line deletes the time of the session's end; otherwise other tabs would continue
// to show their pages.
if (location.pathname === "/desk/sign-out") localStorage.removeItem(KEY);
if (dialog) {
  const BEFORE = 300_000;
  const moves = dialog.dataset.moves === "true";
  const title = dialog.querySelector("h2");
  const left = dialog.querySelector("[data-left]");
  const [before, after] = ["[data-before-end]", "[data-after-end]"].map((part) => dialog.querySelector(part));
  const isOther = () => ![null, dialog.dataset.officer].includes(localStorage.getItem(OFFICER));
  const isOver = () => isOther() || Number(localStorage.getItem(KEY)) <= Date.now();
  const ends = (seconds) => {
    localStorage.setItem(OFFICER, dialog.dataset.officer);
    localStorage.setItem(KEY, Date.now() + seconds * 1_000);
  };
  const shownTitle = document.title;
  // Hides the content of the page if the session is over, and shows it otherwise. Hidden content is not deleted,
  // because the same officer may sign in again in another tab.
  const conceal = (over) => {
    for (const part of document.querySelectorAll("main, .govuk-back-link")) part.hidden = over;
    document.title = over ? "You are signed out" : shownTitle;
  };
  let was = "";
  const look = () => {
    const millis = Number(localStorage.getItem(KEY)) - Date.now();
    conceal(isOver());
    if (millis > BEFORE && !isOther()) {
      if (dialog.open) dialog.close();
      dialog.dataset.dismissed = "";
      return;
    }
    const minutes = Math.ceil(millis / 60_000);
    const over = isOver();
    if (after.hidden === over) {
      const isIn = before.contains(document.activeElement);
      title.textContent = over ? "You are signed out" : "You will soon be signed out";
      before.hidden = over;
      after.hidden = !over;
      if (isIn) after.querySelector("a").focus();
    }
    const words = over
      ? isOther()
        ? "Somebody else has signed in in this browser. You can close this page."
        : "Sign in in another tab before you send this page. What you typed is still here."
      : `You will be signed out in ${minutes} ${minutes === 1 ? "minute" : "minutes"}.` +
        (moves ? "" : " Finish what you are doing, then sign in again.");
    if (words !== was) left.textContent = was = words;
    if (!dialog.open && !dialog.dataset.dismissed) dialog.showModal();
  };
  const stay = async () => {
    const answer = await fetch(dialog.querySelector("[data-stay]").action, {
      method: "POST",
      headers: { accept: "application/json" },
    });
    if (answer.ok) ends((await answer.json()).seconds);
    else localStorage.setItem(KEY, 0);
    look();
  };
  dialog.querySelector("[data-stay]")?.addEventListener("submit", (event) => {
    event.preventDefault();
    stay();
  });
  // Pressing Escape shows that the officer is present, so it also extends a session that can be
  // extended.
  dialog.addEventListener("cancel", () => moves && !isOver() && stay());
  dialog.addEventListener("close", () => (moves && !isOver()) || (dialog.dataset.dismissed = "yes"));
  ends(Number(dialog.dataset.seconds));
  look();
  setInterval(look, 1_000);
  addEventListener("pageshow", look);
}
