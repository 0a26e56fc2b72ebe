/**
 * What stands in for the app's typeface until its file arrives: Arial, or the font that most Linux devices have for it,
 * as wide and as high as the typeface, so that no line breaks elsewhere when it does. `web/kit/theme/tokens.css` names
 * it, too.
 */
export const fallbackFont = 'Drop Fallback';

const face = `@font-face { font-family: '${fallbackFont}'; line-gap-override: 0%;`;

export const fallbackFontFaces = `
${face} font-weight: 400 599; size-adjust: 103%; ascent-override: 95%; descent-override: 25%;
  src: local('Arial'),local('ArialMT'),local('Liberation Sans') }
${face} font-weight: 600 900; size-adjust: 101%; ascent-override: 97%; descent-override: 26%;
  src: local('Arial Bold'),local('Arial-BoldMT'),local('Liberation Sans Bold') }`;
