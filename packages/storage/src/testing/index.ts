export { fakeS3, type FakeS3, type FakeS3Options } from './fake-s3.ts'
export { storageContract } from './storage-contract.ts'
export { temporaryFolder, temporaryStorage } from './temporary-storage.ts'
