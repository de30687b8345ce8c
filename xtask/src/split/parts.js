
// The later parts of the program: xtask/src/split writes this behind what wasm-bindgen writes, and page.rs connects them.
const PARTS = PART_FILES.map(([name, file]) => ({ name, url: new URL(file, import.meta.url), abort: new AbortController() }));
// A link to an instant, a lesson or a store opens with all of the page at once: it needs more than the page without parameters.
const REST_AT_ONCE = /[?&](lesson|store|t)=/.test(location.search);
const PART_WAIT_MAX_MS = 30_000;

let partFailed = false;

// Its module is compiled, and perhaps not entered yet.
function compilePart(part, priority) {
    const compile = async () => {
        const response = await fetch(part.url, { priority, signal: part.abort.signal });
        if (!response.ok) throw new Error(`${part.url}: HTTP ${response.status}`);
        // Not from the stream, which needs a media type that not every static host knows.
        part.module = await WebAssembly.compile(await response.arrayBuffer());
    };
    part.compiling ??= compile().finally(() => (part.compiling = null));
    return part.compiling;
}

// Fills the table of the first part. Whoever comes second finds it done: between the question and the answer nothing else can run.
function enterPart(part, first, how) {
    if (part.there) return;
    const imports = { ...__wbg_get_imports(), first };
    for (const earlier of PARTS) imports[earlier.name] = earlier.there ?? {};
    part.there = new WebAssembly.Instance(part.module, imports).exports;
    performance.mark(part.name, { detail: how });
}

// Called by the first part where it comes to a function of a later one: nothing can be waited for in the middle of a call.
function needPart(number) {
    try {
        for (const part of PARTS.slice(0, number + 1)) {
            if (!part.module) {
                part.abort.abort();
                const request = new XMLHttpRequest();
                request.open("GET", part.url, false);
                request.overrideMimeType("text/plain; charset=x-user-defined");
                request.send();
                if (request.status !== 200) throw new Error(`${part.url}: HTTP ${request.status}`);
                part.module = new WebAssembly.Module(Uint8Array.from(request.responseText, (character) => character.charCodeAt(0)));
            }
            enterPart(part, wasm, "needed");
        }
    } catch (problem) {
        // The program stops in the middle of something and can do nothing more.
        partFailed = true;
        document.getElementById("app").inert = true;
        const told = document.getElementById("cut-off");
        told.hidden = false;
        told.querySelector("a").focus();
        throw problem;
    }
}

// The page awaits this before it does what needs all parts. It fails if one cannot be had now, and may be called again.
async function askForParts() {
    for (const part of PARTS) {
        // One that was needed in the meantime is there, though its fetch was broken off.
        await (part.module ?? compilePart(part, "high").catch((problem) => part.module ?? Promise.reject(problem)));
        enterPart(part, wasm, "asked");
    }
}

const whenIdle = window.requestIdleCallback ?? setTimeout;

async function partsBehind(first) {
    for (const part of PARTS) {
        await new Promise((idle) => whenIdle(idle, { timeout: PART_WAIT_MAX_MS }));
        for (let wait_ms = 1_000; !part.there && !partFailed; wait_ms = Math.min(2 * wait_ms, PART_WAIT_MAX_MS)) {
            try {
                if (!part.module) await compilePart(part, "low");
                enterPart(part, first, "behind");
            } catch {
                await new Promise((again) => setTimeout(again, wait_ms));
            }
        }
    }
}

const restAtOnce = REST_AT_ONCE && compilePart(PARTS[0], "high").catch(() => {});

async function partsBeforeStart(first) {
    await restAtOnce;
    if (PARTS[0].module) enterPart(PARTS[0], first, "at once");
    new PerformanceObserver((marks, observer) => {
        if (marks.getEntriesByName("first-answer").length === 0) return;
        observer.disconnect();
        partsBehind(first);
    }).observe({ type: "mark", buffered: true });
}
