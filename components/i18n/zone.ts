/** The operator's zone on screens: every instant is shown in it, whatever the browser's own zone is. */
export const OPERATOR_ZONE = "Europe/Moscow";
