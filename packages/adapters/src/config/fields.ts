import { z } from 'zod'

export type Environment = Record<string, string | undefined>
export type Fields = Record<string, z.ZodType>
export type ParsedFields<F extends Fields> = { [Name in keyof F]: z.output<F[Name]> }

/** The environment cannot be meant. Names variables and what to do about them, never what they hold. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly mistakes: readonly string[]
  constructor(mistakes: readonly string[]) {
    super(mistakes.join('\n'))
    this.mistakes = mistakes
  }
}

/** Each field on its own, so that every mistake is told at once. @throws ConfigError */
export function parseEnvironment<F extends Fields>(fields: F, env: Environment): ParsedFields<F> {
  const mistakes: string[] = []
  const parsed: Record<string, unknown> = {}
  for (const [name, field] of Object.entries(fields)) {
    const result = field.safeParse(env[name] || undefined)
    if (result.success) parsed[name] = result.data
    else mistakes.push(`${name} ${result.error.issues[0]?.message ?? 'is not valid'}.`)
  }
  if (mistakes.length > 0) throw new ConfigError(mistakes)
  return parsed as ParsedFields<F>
}

/** An absolute URL with a host. `protocols` as in `URL.protocol`. */
export function zAddress(protocols: string[]) {
  const begins = protocols.map((protocol) => `${protocol}//`).join(' or ')
  return z
    .string({ error: `is not set: it must be an address that begins with ${begins}` })
    .refine((text) => {
      const url = URL.canParse(text) ? new URL(text) : null
      return url !== null && protocols.includes(url.protocol) && url.hostname !== ''
    }, `is not an address that begins with ${begins}`)
}

/** Values with commas between; spaces around them and empty ones do not count. */
export function zList<Item extends z.ZodType<unknown, string>>(item: Item) {
  return z
    .string({ error: 'is not set' })
    .transform((text) =>
      text
        .split(',')
        .map((one) => one.trim())
        .filter(Boolean),
    )
    .pipe(z.array(item))
}

export const zPort = z
  .string({ error: 'is not set: it must be the number of a port' })
  .regex(/^\d{1,5}$/, 'must be a whole number from 1 to 65535')
  .transform(Number)
  .refine((port) => port >= 1 && port <= 65_535, 'must be a whole number from 1 to 65535')
