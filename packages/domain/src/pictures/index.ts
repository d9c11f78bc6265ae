export { Picture, pictureChangeset } from './picture.ts'
