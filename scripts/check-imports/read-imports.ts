export type Import = { specifier: string; line: number }

/** `import … from 'x'`, `export … from 'x'` and `import 'x'`, over several lines too, as the formatter writes them. */
const STATIC = /^(?:import|export)\b(?:[^'"`;=]*?\bfrom)?\s*(['"])([^'"\n]+)\1/gm
/** `import('x')` and `require('x')`, as a value or in a type. */
const DYNAMIC = /\b(?:import|require)\(\s*(['"])([^'"\n]+)\1/g

/** What a module imports, types included: a type ties two rooms together as well as a value does. */
export function readImports(source: string): Import[] {
  const code = blankComments(source)
  return [STATIC, DYNAMIC].flatMap((pattern) =>
    [...code.matchAll(pattern)].map((match) => ({
      specifier: match[2] ?? '',
      line: code.slice(0, match.index + match[0].length).split('\n').length,
    })),
  )
}

/** Keeps every line where it is. Only whole-line comments: code beside one is code. */
function blankComments(source: string): string {
  const blank = (comment: string) => comment.replace(/[^\n]/g, ' ')
  return source.replace(/^[ \t]*\/\*[\s\S]*?\*\//gm, blank).replace(/^[ \t]*\/\/.*$/gm, blank)
}
