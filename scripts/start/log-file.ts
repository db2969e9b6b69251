import { closeSync, existsSync, fstatSync, openSync, renameSync, writeSync } from 'node:fs'
import path from 'node:path'

/** One file and its predecessor: a process never keeps more than twice this. */
const FILE_BYTES = 5 * 1024 * 1024

/** @returns what appends a line to `<folder>/<name>.log` */
export function openLog(folder: string, name: string, limit = FILE_BYTES): (line: string) => void {
  const file = path.join(folder, `${name}.log`)
  let descriptor = openSync(file, 'a', 0o600)
  let bytes = fstatSync(descriptor).size
  return (line) => {
    if (bytes > limit) {
      closeSync(descriptor)
      if (existsSync(file)) renameSync(file, path.join(folder, `${name}.1.log`))
      descriptor = openSync(file, 'a', 0o600)
      bytes = 0
    }
    bytes += writeSync(descriptor, `${line}\n`)
  }
}
