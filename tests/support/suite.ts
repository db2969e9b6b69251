import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { type ParsedMail, simpleParser } from 'mailparser'

/** The running suite that the browser tests talk to (see playwright.config.ts). */
const port = Number(process.env.PARLEY_PORT)

export const suite = {
  web: `http://localhost:${port}`,
  console: `http://localhost:${port + 1}`,
  home: process.env.PARLEY_HOME ?? '',
}

/** Mail that Parley has sent to this address so far, oldest first. */
export async function mailTo(address: string): Promise<ParsedMail[]> {
  const folder = path.join(suite.home, 'mail')
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.eml'))
    .sort()
  const mails = await Promise.all(files.map((name) => simpleParser(readFileSync(path.join(folder, name)))))
  return mails.filter((mail) => [mail.to].flat().some((to) => to?.text.includes(address)))
}
