import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { CannotStart } from '@parley/devstack'

const SCHEMA = '/usr/share/ejabberd/sql/pg.sql'
const PROGRAMS = '/usr/lib/*/ejabberd-*/ebin/ejabberd.beam'
/** The driver: a package of its own, which ejabberd only suggests. */
const DRIVER = '/usr/lib/erlang/lib/p1_pgsql-*/ebin/pgsql.beam'
const HOW = `On Debian 12 and newer: sudo apt-get install --no-install-recommends ejabberd erlang-p1-pgsql
Its service may stay stopped: the bench runs one of its own.`

/** `libraries`: where Erlang finds it. `schema`: the statements that make its tables in PostgreSQL. */
export type Ejabberd = { erl: string; libraries: string; schema: string }

/**
 * ejabberd as Debian packages it, with what it needs to reach PostgreSQL.
 * @throws CannotStart that says how to install what is missing
 */
export function findEjabberd(): Ejabberd {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean)
  const erl = folders.map((folder) => path.join(folder, 'erl')).find((file) => existsSync(file))
  const program = globSync(PROGRAMS).sort().at(-1)
  if (!erl || !program || !existsSync(SCHEMA))
    throw new CannotStart(`--peer ejabberd needs ejabberd, which is not installed here.\n${HOW}`)
  if (globSync(DRIVER).length === 0)
    throw new CannotStart(`ejabberd is installed, but not its driver for PostgreSQL.\n${HOW}`)
  return { erl, libraries: path.resolve(program, '../../..'), schema: readFileSync(SCHEMA, 'utf8') }
}
