/** The entry of the script tag's file. */
export {};
