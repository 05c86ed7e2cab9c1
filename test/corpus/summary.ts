/**
 * Rows of the corpus -> the totals as text.
 *
 * Verified instructions and slots are compared by the geometric mean of the ratios tbcc to clang: of verified
 * instructions over the programs that the kernel takes from both, of slots over the objects that both make.
 */
import type { Judged } from "./judge.ts";

export interface Row extends Judged {
  readonly name: string;
}

interface Ratio {
  readonly name: string;
  readonly tbcc: number;
  readonly clang: number;
}

/** `lost`: clang compiles a source, or has a program accepted, where tbcc has not, or a run differs. */
export function summary(rows: readonly Row[]): { readonly text: string; readonly lost: boolean } {
  const count = <T>(list: readonly T[], is: (item: T) => boolean): number => list.filter(is).length;
  const programs = rows.flatMap(({ name, programs: own }) => own.map((one) => ({ ...one, name: `${name}/${one.program}` })));
  const sum = <T>(list: readonly T[], of: (item: T) => number): number => list.reduce((total, item) => total + of(item), 0);
  const byClang = count(rows, ({ compiled }) => compiled.clang);
  const byBoth = count(rows, ({ compiled }) => compiled.clang && compiled.tbcc);
  const byUs = count(rows, ({ compiled }) => compiled.tbcc);
  const accepted = count(programs, ({ clang }) => clang.accepted);
  const lost = count(programs, ({ why }) => why !== undefined);
  const won = count(programs, ({ clang, tbcc }) => !clang.accepted && tbcc?.accepted === true);
  const slots = rows.flatMap(({ name, slots: of }) => of === undefined || of.clang === 0 ? [] : [{ name, ...of }]);
  const verified = programs.flatMap(({ name, clang, tbcc }) => (
    clang.accepted && tbcc?.accepted === true ? [{ name, clang: clang.verified, tbcc: tbcc.verified }] : []
  ));
  const expected = rows.flatMap(({ expected: own }) => own);
  const alone = expected.flatMap(({ clang, tbcc }) => clang === undefined && tbcc !== undefined ? [tbcc.kind] : []);
  // The log names registers and instructions, which each compiler chooses.
  const wordings = count(alone, (kind) => kind === "message");
  const runs = rows.flatMap(({ runs: own }) => own);
  const differ = count(runs, ({ differences }) => differences.length > 0);
  const text = [
    "",
    `objects: ${rows.length} sources; ${byClang} compiled by clang-19, ${byBoth} of them by tbcc, ${byUs} by tbcc in all`,
    `programs: ${accepted} accepted from clang-19, ${accepted - lost} of them from tbcc, ${lost} lost, ${won} won`,
    ...expected.length === 0 ? [] : [
      `expectations: ${expected.length} programs; ${count(expected, ({ clang }) => clang === undefined)} come out so from clang-19,`
      + ` ${count(expected, ({ tbcc }) => tbcc === undefined)} from tbcc; ${alone.length - wordings} from clang-19 alone,`
      + ` and ${wordings} more with other words in the log`,
    ],
    ...runs.length === 0 ? [] : [
      `runs: ${runs.length} programs, ${differ} differ, ${count(runs, ({ isExpected }) => isExpected)} return what is expected; `
      + `${sum(runs, ({ compared }) => compared)} values compared, ${sum(runs, ({ unsteady }) => unsteady)} not the same twice`,
    ],
    `instruction slots: ${mean(slots)} of clang's`, ...worst(slots),
    `verified instructions: ${mean(verified)} of clang's`, ...worst(verified), "",
  ].join("\n");
  return { text, lost: lost > 0 || byBoth < byClang || differ > 0 || alone.length > wordings };
}

function mean(ratios: readonly Ratio[]): string {
  if (ratios.length === 0) return "-";
  const logarithms = ratios.map(({ tbcc, clang }) => Math.log(Math.max(tbcc, 1) / Math.max(clang, 1)));
  return Math.exp(logarithms.reduce((sum, one) => sum + one, 0) / ratios.length).toFixed(3);
}

function worst(ratios: readonly Ratio[]): string[] {
  const sorted = ratios.filter(({ tbcc, clang }) => tbcc > clang).sort((a, b) => b.tbcc / b.clang - a.tbcc / a.clang);
  return sorted.slice(0, 10).map(({ name, tbcc, clang }) => `  ${name} ${tbcc}/${clang}`);
}
