const PICTURES = ':is(.cover, .face, .plate) img'

/** Beneath every cover and face lies one set in type: a picture that does not come makes way for it. */
export function clearMissingPictures(): void {
  addEventListener(
    'error',
    ({ target }) => {
      if (target instanceof HTMLImageElement && target.matches(PICTURES)) clear(target)
    },
    { capture: true },
  )

  for (const image of document.querySelectorAll<HTMLImageElement>(PICTURES)) {
    if (image.complete && image.naturalWidth === 0) clear(image)
  }
}

function clear(image: HTMLImageElement): void {
  const link = image.closest('.plate')
  if (link) link.remove()
  else image.remove()
}
