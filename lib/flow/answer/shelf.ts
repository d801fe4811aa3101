/** Eight digits of the alphabet of base 32 (RFC 4648 section 6, lower case): the id of what people keep on the server. */
export const SHELF_ID = /^[a-z2-7]{8}$/
