/**
 * The font that is shown until the file of the app's typeface arrives: Arial, or Liberation Sans on most Linux devices.
 * It is made as wide and as high as the typeface, so that no line breaks elsewhere when the file arrives.
 * `web/kit/theme/tokens.css` names it, too.
 */
export const fallbackFont = 'Drop Fallback';

const face = `@font-face { font-family: '${fallbackFont}'; line-gap-override: 0%;`;

const regular = "local('Arial'),local('ArialMT'),local('Liberation Sans')";
const bold = "local('Arial Bold'),local('Arial-BoldMT'),local('Liberation Sans Bold')";

export const fallbackFontFaces = `
${face} font-weight: 400 499; size-adjust: 103%; ascent-override: 95%; descent-override: 25%; src: ${regular} }
${face} font-weight: 500 599; size-adjust: 106%; ascent-override: 92%; descent-override: 24%; src: ${regular} }
${face} font-weight: 600 900; size-adjust: 101%; ascent-override: 97%; descent-override: 26%; src: ${bold} }`;
