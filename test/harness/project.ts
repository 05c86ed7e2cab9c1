/** Where the project is, for sources of tests and for the bundles in dist/ alike. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The nearest directory above this file that holds a package.json. */
export const projectDirectory = findProject(dirname(fileURLToPath(import.meta.url)));

/** The headers of a C compiler, and those of the systems around it. */
export const includeDirectory = join(projectDirectory, "include");
export const freestandingDirectory = join(includeDirectory, "freestanding");

/** Flags that give clang our headers and no other. */
export const ownHeaders: readonly string[] = ["-nostdinc", `-I${freestandingDirectory}`, `-I${includeDirectory}`];

function findProject(directory: string): string {
  if (existsSync(join(directory, "package.json"))) return directory;
  const above = dirname(directory);
  if (above === directory) throw new Error("this file is in no project: there is no package.json above it");
  return findProject(above);
}
