/**
 * Starts a tool, which is one bundle, dist/NAME.cjs, with what V8 made of it in an earlier run.
 *
 * Compiling a megabyte of JavaScript takes longer than compiling most C programs: the code that V8 made stands beside the bundle,
 * in a file named by the bundle's own mark and by the version of Node. The build makes it; where it is missing (another
 * Node, a fresh package) the first run that ends well does. It is only ever a help: when it cannot be read, written or used,
 * the bundle runs without it.
 */
"use strict";
const { closeSync, openSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const { dirname, join } = require("node:path");
const { pathToFileURL } = require("node:url");
const v8 = require("node:v8");
const { Script } = require("node:vm");

// V8 optimises functions early that a short run never pays back. The flag is there from V8 11 (Node 20) to 14 at least.
if (Number.parseInt(process.versions.v8, 10) <= 14) v8.setFlagsFromString("--interrupt-budget=1000000");

/** Runs the tool of that name in this process. */
module.exports = function start(name) {
  const path = join(dirname(__dirname), "dist", `${name}.cjs`);
  // All in the bundle is ASCII.
  const source = readFileSync(path, "latin1");
  const mark = source.slice(2, source.indexOf("\n"));
  const cachePath = join(dirname(path), `${name}-${mark}-${process.version}-${process.arch}.cache`);

  const script = new Script(`(function (require, bundleUrl) {${source}\n})`, { filename: path, cachedData: read(cachePath) });
  if (script.cachedDataRejected !== false) {
    process.on("exit", (status) => {
      if (status === 0) write(cachePath, script);
    });
  }
  script.runInThisContext()(require, pathToFileURL(path).href);
};

function read(cachePath) {
  try {
    return readFileSync(cachePath);
  } catch {
    return undefined;
  }
}

/** Other runs may read or write the same file now: it appears whole. */
function write(cachePath, script) {
  const temporary = `${cachePath}.${process.pid}`;
  try {
    const file = openSync(temporary, "wx");
    writeFileSync(file, script.createCachedData());
    closeSync(file);
    renameSync(temporary, cachePath);
  } catch {
    // A directory that is not ours to write: the next run starts as this one did.
  }
}
