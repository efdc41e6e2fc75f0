/** How a token in compact form begins: an encoded `{"`, or a brace and white space. */
export const tokenStart = '(?:ey[JA]|ew[ko0])';

/** How all of it looks, with or without a signature. */
export const tokenShape = `${tokenStart}[\\w-]{8,}\\.[\\w-]{8,}\\.[\\w-]*`;
