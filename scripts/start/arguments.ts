import { inRange, parse, type Range, wholeNumber } from '../arguments.ts'

export const REALTIME: Range = { least: 1, most: 64 }

export const USAGE = `npm start -- [--demo] [--realtime N]

  --demo        fills an empty installation with a sample organisation, and prints a sign-in for each role
  --realtime    so many realtime processes, each with a name and an address of its own: ${inRange(REALTIME)};
                unless told otherwise one for each core, from 2 to 8

In the environment:
  PARLEY_PORT              the first port, from 1024 to 65400; the others follow (3000)
  PARLEY_HOST              the address that is listened on (127.0.0.1)
  PARLEY_HOME              the folder that holds the data and logs (.parley)
  PARLEY_SECRET            what everything is signed and sealed with, 32 characters or more (one of its own)
  PARLEY_WEB_URL, PARLEY_CONSOLE_URL, PARLEY_BLOB_URL, PARLEY_REALTIME_URLS
                           where people's browsers reach each, of the last with commas between
  PARLEY_REGION            where this is, for installations in several places
  PARLEY_CONNECTIONS       connections past which a realtime process sends people elsewhere (40000)
  PARLEY_TRUSTED_PROXIES   how many proxies of your own stand in front
  DATABASE_URL, REDIS_URL, SMTP_URL
                           each replaces one embedded part
  S3_ENDPOINT, S3_BUCKET, S3_ACCESS_KEY, S3_SECRET_KEY
                           an S3 store instead of the disk
  FCM_SERVICE_ACCOUNT      push through Firebase

Ctrl-C stops all of it, a second one at once; the next start keeps the data.`

/** `realtime`: null where nobody has said. */
export type Asked = { demo: boolean; realtime: number | null }

export const NOTHING_ASKED: Asked = { demo: false, realtime: null }

/** @throws WrongUsage */
export function readArguments(args: string[]): Asked {
  const { demo, realtime } = parse(args, {
    demo: { type: 'boolean', default: false },
    realtime: { type: 'string' },
  }).values
  return { demo, realtime: realtime === undefined ? null : wholeNumber(realtime, '--realtime', REALTIME) }
}
