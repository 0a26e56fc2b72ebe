/** What a provider may call a request; anything else in its header is not kept. */
export const requestIdPattern = /^[\w.:-]{1,100}$/;
