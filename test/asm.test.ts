/** Checks the code of test/cases/asm: npx vitest run test/asm.test.ts */
import { expect, test } from "vitest";
import { printObject } from "../assembler/assembly/print.ts";
import { caseFiles, expectations } from "./harness/cases.ts";
import { compileSource } from "./harness/tbcc.ts";

test.each(caseFiles("asm"))("$name", ({ path, text, flags }) => {
  const { object, messages } = compileSource(path, flags, text);
  if (object === undefined) throw new Error(messages);
  const assembly = printObject(object).replace(/[ \t]+/g, " ");
  let from = 0;
  for (const { kind, text: wanted, line } of expectations(text, ["has", "not"])) {
    if (kind === "not") {
      expect(assembly, `line ${line}`).not.toContain(wanted);
      continue;
    }
    const at = assembly.indexOf(wanted, from);
    if (at < 0) expect.fail(`line ${line}: '${wanted}' is not in what follows:\n${assembly.slice(from)}`);
    from = at + wanted.length;
  }
});
