// Piston's way of running a job, to measure beside ours where no Piston can be started: it needs a privileged container
// and control groups of version 2 only. A reproduction, not Piston. What api/src/job.js and api/v2.js do for a job of
// an interpreted language (commit 0a844d0), in this order and by the same means:
//
//   1. a shell that runs `isolate --init` (cp.exec)                  here: a shell that makes the directory
//   2. write the files                                               the same
//   3. spawn isolate with limits, in it bash with the package's `run` script, in that the interpreter
//                                                                    here: prlimit and bubblewrap (4.8 ms, isolate 7.7)
//   4. collect output, wait for the end, read isolate's metadata     here: the exit status
//   5. answer, then a shell that runs `isolate --cleanup`            here: a shell that removes the directory
//
// Left out, all to Piston's advantage: express, its JSON schema checks, control groups, logging.
"use strict";

const cp = require("node:child_process");
const fs = require("node:fs/promises");
const http = require("node:http");
const path = require("node:path");

const MAX_JOBS = 64; // PISTON_MAX_CONCURRENT_JOBS
const OUTPUT_MAX = 65536;
const [root, scripts] = process.argv.slice(2);
const RUNTIMES = { python: "python", javascript: "node" };

let boxes = 0;
let spaces = MAX_JOBS;
const queue = [];

const shell = (command) =>
  new Promise((done, failed) => cp.exec(command, (error, stdout) => (error ? failed(error) : done(stdout))));

async function prime(files) {
  if (spaces < 1) await new Promise((go) => queue.push(go));
  spaces--;
  const dir = (await shell(`mkdir -p ${root}/${++boxes}/box && echo ${root}/${boxes}`)).trim();
  const submission = path.join(dir, "box", "submission");
  await fs.mkdir(submission);
  for (const file of files) {
    const where = path.join(submission, file.name);
    await fs.mkdir(path.dirname(where), { recursive: true, mode: 0o700 });
    await fs.writeFile(where, Buffer.from(file.content, "utf8"));
  }
  return dir;
}

function sandbox(dir, language, name) {
  return [
    ...["--nproc=64", "--nofile=2048", "--fsize=10000000", "bwrap", "--unshare-all", "--die-with-parent", "--clearenv"],
    ...["--setenv", "PATH", "/usr/local/bin:/usr/bin:/bin", "--setenv", "HOME", "/tmp"],
    ...["--ro-bind", "/usr", "/usr", "--symlink", "usr/bin", "/bin", "--symlink", "usr/lib", "/lib"],
    ...["--symlink", "usr/lib64", "/lib64", "--ro-bind", "/etc", "/etc", "--proc", "/proc", "--dev", "/dev"],
    ...["--tmpfs", "/tmp", "--bind", path.join(dir, "box"), "/box", "--ro-bind", scripts, "/piston"],
    ...["--ro-bind", process.execPath, "/piston-node", "--chdir", "/box/submission"],
    ...["--", "/bin/bash", `/piston/${RUNTIMES[language]}/run`, name],
  ];
}

function call(dir, language, name, stdin) {
  const proc = cp.spawn("prlimit", sandbox(dir, language, name), { stdio: "pipe" });
  let stdout = "";
  let stderr = "";
  proc.stdout.on("data", (data) => (stdout.length + data.length > OUTPUT_MAX ? proc.kill() : (stdout += data)));
  proc.stderr.on("data", (data) => (stderr.length + data.length > OUTPUT_MAX ? proc.kill() : (stderr += data)));
  proc.stdin.on("error", () => {});
  proc.stdin.end(stdin.endsWith("\n") ? stdin : `${stdin}\n`);
  return new Promise((done, failed) => {
    proc.on("close", (code, signal) => done({ stdout, stderr, output: stdout + stderr, code, signal }));
    proc.on("error", failed);
  });
}

async function execute({ language, version, files, stdin = "" }) {
  const dir = await prime(files);
  try {
    return { language, version, run: await call(dir, language, files[0].name, stdin) };
  } finally {
    spaces++;
    queue.shift()?.();
    void shell(`rm -rf ${dir}`);
  }
}

const server = http.createServer(async (request, response) => {
  let body = "";
  for await (const chunk of request) body += chunk;
  try {
    const answer = JSON.stringify(await execute(JSON.parse(body)));
    response.writeHead(200, { "content-type": "application/json" }).end(answer);
  } catch (error) {
    response.writeHead(500).end(String(error));
  }
});

async function main() {
  for (const [name, command] of [["python", 'python3 "$@"'], ["node", '/piston-node "$@"']]) {
    await fs.mkdir(path.join(scripts, name), { recursive: true });
    await fs.writeFile(path.join(scripts, name, "run"), `#!/bin/bash\n\n${command}\n`);
  }
  server.listen(0, "127.0.0.1", () => console.log(server.address().port));
}

void main();
