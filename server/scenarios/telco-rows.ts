/** Rows in the form of the Telco file, for tests that need a small one; the real one is read in place by its own test. */
const HEADER =
  "customerID,gender,tenure,PhoneService,MultipleLines,InternetService,OnlineSecurity,OnlineBackup,DeviceProtection,TechSupport,StreamingTV,StreamingMovies,MonthlyCharges,TotalCharges,Churn";

export function telcoRow(id: string, { tenure = "3", fee = "29.85", total = "89.54", churn = "No" } = {}): string {
  return `${id},Female,${tenure},No,No phone service,DSL,No,Yes,No,No,No,No,${fee},${total},${churn}`;
}

export const telcoTable = (...rows: string[]): string => `${[HEADER, ...rows].join("\n")}\n`;
