/**
 * How a test says that it needs an oracle: itWith(names, title, body) is a test that needs them all. Where one is
 * absent it is skipped and its title says which, unless TBCC_REQUIRE_ORACLES=1, under which absence is a failure.
 */
import { it } from "vitest";
import { oracle, type OracleName } from "./probe.ts";

export { need, oracle, oracleDirectory, type OracleName } from "./probe.ts";

/**
 * A test that needs oracles. body may be asynchronous; milliseconds is the longest that it may take (default 30 s).
 */
export function itWith(names: OracleName[], title: string, body: () => unknown, milliseconds = 30_000): void {
  const absent = names.filter((name) => oracle(name) === undefined);
  if (absent.length === 0) {
    it(title, async () => void (await body()), milliseconds);
    return;
  }
  const reason = `needs ${absent.join(", ")}`;
  if (process.env["TBCC_REQUIRE_ORACLES"] === "1") {
    it(title, () => {
      throw new Error(`${reason}, and TBCC_REQUIRE_ORACLES=1 (test/oracles/install.sh installs the oracles)`);
    });
  } else {
    it.skip(`${title} [${reason}]`, () => undefined);
  }
}
