export { type NewPicture, picture } from './picture.ts'
