export { plainText, textToHtml, textWithAddresses } from './plain-text.ts'
export { renderMarkup, withFullAddresses } from './render.ts'
export { rendered } from './rendered.ts'
export { renderTalk } from './talk.ts'
