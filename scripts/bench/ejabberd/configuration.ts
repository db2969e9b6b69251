import { HOST } from './addresses.ts'

/** More than its default of 10, so that PostgreSQL puts more commits on the disk at once. */
const SQL_CONNECTIONS = 32
/** Of a room at most; its default of 200 holds unless the room says otherwise, too. */
const MEMBERS = 10_000
/** Longer than any round: nobody is cut off for being idle. */
const IDLE_S = 3_600

/**
 * ejabberd's whole configuration: JSON, which its YAML includes. What it needs for the same work, and nothing that
 * would cost it more: no TLS, no SCRAM, no rosters, no limits on anybody, no presence to all in a room, and it logs
 * nothing but what goes wrong.
 */
export function configurationOf(given: { port: number; database: URL; archive: boolean }): string {
  const { port, database, archive } = given
  return JSON.stringify({
    hosts: [HOST],
    loglevel: 'warning',
    listen: [
      {
        ...{ module: 'ejabberd_http', ip: '127.0.0.1', port, backlog: 1_000 },
        request_handlers: { '/ws': 'ejabberd_http_ws', '/api': 'mod_http_api' },
      },
    ],
    websocket_timeout: IDLE_S,
    api_permissions: { bench: { who: { ip: '127.0.0.1/32' }, what: ['gc'] } },
    ...{ auth_method: ['sql'], auth_password_format: 'plain' },
    ...{ sql_type: 'pgsql', sql_server: database.hostname, sql_port: Number(database.port) },
    ...{ sql_database: database.pathname.slice(1), sql_username: database.username },
    sql_pool_size: SQL_CONNECTIONS,
    modules: {
      mod_http_api: {},
      mod_muc: {
        ...{ max_users: MEMBERS, history_size: 0 },
        default_room_options: { mam: archive, presence_broadcast: [], max_users: MEMBERS },
      },
      ...(archive && { mod_mam: { db_type: 'sql', default: 'always' } }),
    },
  })
}
