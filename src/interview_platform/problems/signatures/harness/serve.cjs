// ---- The candidate's function and a call of it

function functionIn(candidate, Solution) {
  if (typeof candidate === "function") return candidate;
  const { name } = signature;
  if (typeof Solution === "function" && Solution.prototype && typeof Solution.prototype[name] === "function") {
    return (...values) => new Solution()[name](...values);
  }
  return null;
}

// What the function returns. Throws Missing, or what it throws.
function called(run, values) {
  const { name } = signature;
  if (run === null) throw new Missing(`Define the function that is called: ${signature.declaration}`);
  if (run.length > values.length) {
    throw new BaseError(`${name} takes ${run.length} parameters; it is called as ${signature.call}`);
  }
  return run(...values);
}

// The JSON of the answer. Throws Wrong.
function answered(returned, values) {
  const { name, parameters, changed } = signature;
  try {
    return encode(changed === null ? returned : values[changed]);
  } catch (error) {
    if (!(error instanceof Wrong)) throw error;
    const verb = changed === null ? "returned" : `left in ${parameters[changed].name}`;
    throw new Wrong(`${name} ${verb} ${error.said}; ${signature.returns} is declared`);
  }
}

class Missing {
  constructor(message) {
    this.message = message;
  }
}

function failed(kind, message, trace = "") {
  const more = trace ? `, "trace": ${stringify(cut(trace, 0, TEXT_MAX))}` : "";
  return `"error": {"kind": "${kind}", "message": ${stringify(cut(message, 0, TEXT_MAX))}${more}}`;
}

function explained(error) {
  if (error instanceof Missing) return failed("missing_function", error.message);
  if (error instanceof Wrong) return failed("wrong_type", error.what);
  try {
    if (error instanceof BaseError) return failed("exception", `${error.name}: ${error.message}`, traceOf(error));
    return failed("exception", `threw ${text(error)}`);
  } catch {
    return failed("exception", "threw something that cannot be shown");
  }
}

// The stack up to the driver.
function traceOf(error) {
  const stack = text(error.stack);
  const end = place(stack, "\n    at called (");
  return end < 0 ? stack : cut(stack, 0, end);
}

// ---- The conversation

function isChannel(fd) {
  try {
    const found = fstatSync(fd);
    return found.isFIFO() || found.isSocket() ? found : null;
  } catch {
    return null;
  }
}

// Node opens pipes for itself, which may have these numbers: then both ends are of one pipe.
function hasChannel() {
  const input = isChannel(IN_FD);
  const output = isChannel(OUT_FD);
  return input !== null && output !== null && input.ino !== output.ino;
}

function patiently(act) {
  for (;;) {
    try {
      return act();
    } catch (error) {
      if (error.code !== "EAGAIN") throw error;
      sleep(1);
    }
  }
}

function write(fd, said) {
  let rest = from(said);
  while (rest.length) {
    const data = rest;
    rest = part(data, patiently(() => writeSync(fd, data)));
  }
}

// The text up to a line's end; null at the end.
function reader(fd, size) {
  const chunk = allocUnsafe(size);
  let rest = allocUnsafe(0);
  return () => {
    let parts = [rest];
    let last = rest;
    while (find(last, NEWLINE) < 0) {
      const got = patiently(() => readSync(fd, chunk, 0, size, null));
      if (!got) break;
      last = from(part(chunk, 0, got));
      parts[parts.length] = last;
    }
    const all = concat(parts);
    const end = find(all, NEWLINE);
    rest = part(all, end < 0 ? all.length : end + 1);
    return end < 0 && !all.length ? null : decoded(part(all, 0, end < 0 ? all.length : end));
  };
}

function peakBytes() {
  try {
    return resourceUsage.call(process).maxRSS * 1024;
  } catch {
    return "null";
  }
}

function judge(run) {
  const before = channel ? "" : "\n"; // where standard output is shared, the last line may have no end
  for (let number = 0; ; number++) {
    const line = next();
    if (line === null) return exit.call(process, 0);
    let frame;
    try {
      const given = parse(line);
      const values = [];
      for (let index = 0; index < decoders.length; index++) values[index] = decoders[index](given[index]);
      frame = `"ok": ${answered(called(run, values), values)}`;
    } catch (error) {
      frame = explained(error);
    }
    write(channel ? OUT_FD : 1, `${before}${secret} {"n": ${number}, ${frame}, "memory": ${peakBytes()}}\n`);
  }
}

// ---- Outside judging: one call with arguments from standard input

function refuse(status, said) {
  write(2, `${said}\n`);
  exit.call(process, status);
}

function argument(index) {
  const { name, type } = signature.parameters[index];
  const where = `Standard input, line ${index + 1} (${name})`;
  const line = next();
  if (line === null || !line.trim()) refuse(2, `${where} is missing: one line of JSON for each parameter`);
  try {
    return decoders[index](parse(line));
  } catch (error) {
    const said = error instanceof Wrong ? `${error.said}; ${type} is expected` : `not JSON: ${error.message}`;
    return refuse(2, `${where} is ${said}`);
  }
}

function call(run) {
  if (run === null) refuse(1, `Define the function that is called: ${signature.declaration}`);
  const returned = called(run, given); // what it throws ends the program in the ordinary way
  try {
    write(1, `${answered(returned, given)}\n`);
  } catch (error) {
    if (!(error instanceof Wrong)) throw error;
    refuse(1, error.what);
  }
}

const decoders = signature.parameters.map(({ spec }) => decoder(spec));
const encode = encoder(signature.spec);
const judging = signature.mode === "judge";
const channel = judging && hasChannel();
// One byte at a time where the rest of standard input is the program's.
const next = reader(channel ? IN_FD : 0, judging ? 1 << 16 : 1);
const secret = judging ? parse(next() ?? '{"secret": ""}').secret : "";
const given = judging ? [] : signature.parameters.map((_, index) => argument(index));

module.exports = (candidate, Solution) => {
  const run = functionIn(candidate, Solution);
  return judging ? judge(run) : call(run);
};
