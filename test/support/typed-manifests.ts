import path from 'node:path';
import ts from 'typescript';

/** One manifest, and the type that it has to be. */
export interface TypedManifest {
  /** How it is named in what is answered. */
  name: string;
  manifest: unknown;
  /** Name of an exported interface, and the module that exports it. */
  type: string;
  from: string;
}

/**
 * What TypeScript says of manifests written as literals of their types: also a field that the type does not have, which JSON Schemas of Kubernetes let
 * pass and servers drop without a word.
 */
export function faultsOfTypes(manifests: readonly TypedManifest[]): string[] {
  const file = path.resolve('test/manifests.virtual.ts');
  const lines = manifests.flatMap(({ manifest, type, from }, at) => [
    `import type { ${type} as T${at} } from '${from}';`,
    `export const m${at}: T${at} = ${JSON.stringify(manifest)};`,
  ]);
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
  };
  const host = ts.createCompilerHost(options);
  const readSource = host.getSourceFile.bind(host);
  host.getSourceFile = (name, languageVersion, ...rest) =>
    name === file ? ts.createSourceFile(name, lines.join('\n'), languageVersion) : readSource(name, languageVersion, ...rest);
  const isThere = host.fileExists.bind(host);
  host.fileExists = (name) => name === file || isThere(name);
  const program = ts.createProgram([file], options, host);
  return ts.getPreEmitDiagnostics(program).map(({ messageText, start, file: source }) => {
    const line = source && start !== undefined ? source.getLineAndCharacterOfPosition(start).line : 0;
    return `${manifests[Math.floor(line / 2)]?.name}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
}
