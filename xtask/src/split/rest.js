
// The second part of the program: xtask/src/split writes this behind what wasm-bindgen writes, and page.rs connects the two.
const REST_URL = new URL("REST_FILE", import.meta.url);
// A link to an instant, a lesson or a store opens with all at once: it needs more than the page without parameters.
const REST_AT_ONCE = /[?&](lesson|store|t)=/.test(location.search);
const REST_WAIT_MAX_MS = 30_000;

let restModule; // compiled, and perhaps not entered yet
let restIsThere = false;
let restFailed = false;
const restAbort = new AbortController();

async function compileRest() {
    const response = await fetch(REST_URL, { priority: REST_AT_ONCE ? "high" : "low", signal: restAbort.signal });
    if (!response.ok) throw new Error(`${REST_URL}: HTTP ${response.status}`);
    // Not from the stream, which needs a media type that not every static host knows.
    restModule = await WebAssembly.compile(await response.arrayBuffer());
}

// Fills the table of the first part. Whoever comes second finds it done: between the question and the answer nothing else can run.
function enterRest(first, how) {
    if (restIsThere) return;
    new WebAssembly.Instance(restModule, { ...__wbg_get_imports(), first });
    restIsThere = true;
    performance.mark("rest", { detail: how });
}

// Called by the first part where it comes to a function of the rest: nothing can be waited for in the middle of a call.
function needRest() {
    try {
        if (!restModule) {
            restAbort.abort();
            const request = new XMLHttpRequest();
            request.open("GET", REST_URL, false);
            request.overrideMimeType("text/plain; charset=x-user-defined");
            request.send();
            if (request.status !== 200) throw new Error(`${REST_URL}: HTTP ${request.status}`);
            restModule = new WebAssembly.Module(Uint8Array.from(request.responseText, (character) => character.charCodeAt(0)));
        }
        enterRest(wasm, "needed");
    } catch (problem) {
        // The program stops in the middle of something and can do nothing more.
        restFailed = true;
        document.getElementById("app").inert = true;
        const told = document.getElementById("cut-off");
        told.hidden = false;
        told.querySelector("a").focus();
        throw problem;
    }
}

async function restBehind(first) {
    for (let wait_ms = 1_000; !restIsThere && !restFailed; wait_ms = Math.min(2 * wait_ms, REST_WAIT_MAX_MS)) {
        try {
            if (!restModule) await compileRest();
            enterRest(first, "behind");
        } catch {
            await new Promise((again) => setTimeout(again, wait_ms));
        }
    }
}

const restAtOnce = REST_AT_ONCE && compileRest().catch(() => {});

async function restBeforeStart(first) {
    await restAtOnce;
    if (restModule) return enterRest(first, "at once");
    const whenIdle = window.requestIdleCallback ?? setTimeout;
    new PerformanceObserver((marks, observer) => {
        if (marks.getEntriesByName("first-answer").length === 0) return;
        observer.disconnect();
        whenIdle(() => restBehind(first));
    }).observe({ type: "mark", buffered: true });
}
