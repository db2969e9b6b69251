/** What the values of a command line mean. All throw an Error that says what is wrong with one. */

export function positive(text: string, name: string): number {
  const value = Number(text)
  if (Number.isFinite(value) && value > 0) return value
  throw new Error(`${name} must be a number above 0, not "${text}".`)
}

export function wholeNumber(text: string, name: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value > 0) return value
  throw new Error(`${name} must be a whole number from 1 on, not "${text}".`)
}

export function oneOf<T extends string>(all: readonly T[], name: string, what: string): T {
  const found = all.find((one) => one === name)
  if (found === undefined) throw new Error(`There is no ${what} "${name}".`)
  return found
}
