import { z } from 'zod'
import { count, id, named, say, time } from './named.ts'

export const FileCard = named(
  'File',
  z.object({
    id,
    name: say('report.pdf'),
    type: say('application/pdf').describe('Media type, found in the content and not taken from the name.'),
    size: count(48_213).describe('Bytes.'),
    width: z.int().nullable(),
    height: z.int().nullable(),
  }),
)

export const NewFile = named(
  'NewFile',
  z.strictObject({
    name: z.string().max(400).describe('As people see it.'),
    size: z.int().min(1).describe('Bytes, exactly.'),
    type: z
      .string()
      .max(255)
      .optional()
      .describe('What it is said to be; what it is, is found in the content.'),
  }),
)
export const Upload = named(
  'Upload',
  z.object({
    file: id,
    upload: z
      .object({
        url: say('https://files.example.org/…'),
        headers: z.record(z.string(), z.string()).meta({ examples: [{ 'content-length': '48213' }] }),
      })
      .describe('PUT the bytes there, with these headers.'),
    expires: time.describe('Until when, in Unix milliseconds.'),
  }),
)
export const Download = named(
  'Download',
  z.object({
    url: say('https://files.example.org/…').describe('GET the file there; it needs no token.'),
    expires: time.describe('Until when, in Unix milliseconds.'),
  }),
)
