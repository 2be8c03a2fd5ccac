import { HomeLoading } from "@/components/cabinet/home-loading";

export default HomeLoading;
