import { beginUpload, completeUpload, downloadFile } from '@parley/domain/files/index'
import { type Endpoint, endpoint } from '../endpoint.ts'
import { Download, FileCard, inConversation, NewFile, ofFile, Upload } from '../shapes/index.ts'

export const fileEndpoints: Endpoint[] = [
  endpoint({
    ...{ method: 'POST', path: '/conversations/{conversation}/files', name: 'beginUpload', group: 'Files' },
    summary: 'Get a place for a file that will be posted here',
    details: [
      'Then PUT its bytes to the address that is answered, say that they are there, and post a message that names the file.',
    ],
    ...{ params: inConversation, body: NewFile, status: 201, answer: Upload },
    errors: ['not_found', 'conflict', 'refused_by_policy'],
    example: { name: 'report.pdf', size: 48_213, type: 'application/pdf' },
    act: beginUpload,
    input: ({ params, body }) => ({ ...params, ...body, type: body.type ?? '' }),
  }),
  endpoint({
    ...{ method: 'POST', path: '/files/{file}/complete', name: 'completeUpload', group: 'Files' },
    summary: 'Say that the bytes have arrived',
    details: ['May be repeated.'],
    ...{ params: ofFile, status: 200, answer: FileCard, errors: ['not_found', 'conflict'] },
    act: completeUpload,
    input: ({ params }) => params,
  }),
  endpoint({
    ...{ method: 'GET', path: '/files/{file}', name: 'downloadFile', group: 'Files' },
    summary: 'Get an address to download a file from',
    details: ['Of a file in a conversation that the bot is a member of. Each is recorded in the audit log.'],
    ...{ params: ofFile, status: 200, answer: Download, errors: ['not_found'] },
    act: downloadFile,
    input: ({ params }) => ({ ...params, inline: false }),
  }),
]
