/** Version of the package, put in by the bundler. */
declare const PRODUCT_VERSION: string;

declare module '*.css';
