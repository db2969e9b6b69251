/** Joins class names, leaving out what is absent. A caller's `className` is for layout (margin, width, grid) only. */
export function classes(...names: Array<string | false | null | undefined>): string {
  return names.filter(Boolean).join(' ')
}
